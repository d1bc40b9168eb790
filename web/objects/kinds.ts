/** What each kind of row of the list is called and looks like. */
import {
  IconCertificate,
  IconFolderQuestion,
  type IconProps,
  IconReceipt2,
  IconServer2,
  IconShieldCheck,
  IconTarget,
  IconTicket,
  IconUser,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { RowKind } from '../../shared/acme/course/tree.ts'

interface KindLook {
  readonly label: string
  readonly Icon: ComponentType<IconProps>
}

export const kinds: Readonly<Record<RowKind, KindLook>> = {
  directory: { label: 'Directory', Icon: IconServer2 },
  account: { label: 'Account', Icon: IconUser },
  order: { label: 'Order', Icon: IconReceipt2 },
  authorization: { label: 'Authorization', Icon: IconShieldCheck },
  challenge: { label: 'Challenge', Icon: IconTarget },
  certificate: { label: 'Certificate', Icon: IconCertificate },
  unowned: { label: 'Objects', Icon: IconFolderQuestion },
  nonces: { label: 'Nonces', Icon: IconTicket },
}
