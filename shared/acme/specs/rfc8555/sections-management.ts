/** RFC 8555 §7: what can be asked of a CA. In our own words. */
import type { SectionRow } from '../row.ts'

export const managementSections: readonly SectionRow[] = [
  {
    section: '7',
    title: 'Certificate Management',
    kind: 'background',
    text: 'What can be asked of a CA: an account, an order, authorizations, a certificate and its revocation. The sections below go through them in turn.',
  },
  {
    section: '7.1',
    title: 'Resources',
    text: 'The kinds of object a CA keeps, and how one leads to the next: directory, account, order, authorization, challenge, certificate. A client learns every URL from an earlier answer and never makes one up.',
  },
  {
    section: '7.1.1',
    title: 'Directory',
    text: 'The one URL a client is configured with. It lists where everything else is, and what the CA wants people to know about itself.',
  },
  {
    section: '7.1.2',
    title: 'Account Objects',
    text: 'What the CA keeps of an account: its status, its contacts, whether the terms were agreed to. The key is its identity.',
  },
  {
    section: '7.1.2.1',
    title: 'Orders List',
    text: "The account's orders, as a list of URLs that may come in pages. Many CAs do not offer it.",
  },
  {
    section: '7.1.3',
    title: 'Order Objects',
    text: 'One wish for one certificate: the names, the authorizations they need, where to finalize, and in the end where the certificate is. Its status tells what is missing.',
  },
  {
    section: '7.1.4',
    title: 'Authorization Objects',
    text: 'The right of an account to one name. It offers challenges; passing any one of them is enough. A wildcard shows the bare name and a flag.',
  },
  {
    section: '7.1.5',
    title: 'Challenge Objects',
    text: 'One way to prove control of a name, with its token, its status, and after a failure the reason. Each type has fields of its own.',
  },
  {
    section: '7.1.6',
    title: 'Status Changes',
    text: 'Which status can follow which, for challenges, authorizations, orders and accounts. Some pass so quickly that nobody sees them, and by verified erratum 5732 a challenge that shows an error may still be processing.',
  },
  {
    section: '7.2',
    title: 'Getting a Nonce',
    text: 'A client that has no nonce asks for one with a HEAD request. The nonce is in the Replay-Nonce header; there is nothing else to the answer.',
  },
  {
    section: '7.3',
    title: 'Account Management',
    text: "The client sends its public key, signed by itself, and gets an account. From then on the account's URL stands for the key.",
  },
  {
    section: '7.3.1',
    title: 'Finding an Account URL Given a Key',
    text: 'A key that already has an account gets it back, with status 200 and the same URL. With onlyReturnExisting no account is made when there is none.',
  },
  {
    section: '7.3.2',
    title: 'Account Update',
    text: 'A POST to the account URL changes the contacts. Fields the server does not know how to change are ignored.',
  },
  {
    section: '7.3.3',
    title: 'Changes of Terms of Service',
    text: 'When the terms change, a CA may answer userActionRequired until a person has agreed. The problem says where to go.',
  },
  {
    section: '7.3.4',
    title: 'External Account Binding',
    text: 'Some CAs want the new account tied to one they already know. The client proves it with a MAC, by a key the CA gave it outside ACME, over the account key.',
  },
  {
    section: '7.3.5',
    title: 'Account Key Rollover',
    text: 'The account gets a new key: a request signed by the new one is wrapped in a request signed by the old. Both must agree before anything changes.',
  },
  {
    section: '7.3.6',
    title: 'Account Deactivation',
    text: 'Setting the status to deactivated ends the account for good. Every later request with its key is refused.',
  },
  {
    section: '7.4',
    title: 'Applying for Certificate Issuance',
    text: 'The client names what it wants, fulfils what the order asks, then sends its certificate signing request to the finalize URL. The CSR must ask for exactly the names of the order.',
  },
  {
    section: '7.4.1',
    title: 'Pre-authorization',
    text: 'A name can be authorized before any order needs it, where the CA offers newAuthz. Few do.',
  },
  {
    section: '7.4.2',
    title: 'Downloading the Certificate',
    text: 'When the order is valid its certificate URL gives the chain as PEM, end-entity first. Links may lead to alternate chains.',
  },
  {
    section: '7.5',
    title: 'Identifier Authorization',
    text: 'The client fetches each authorization of the order to see which challenges it can choose from. One already valid needs nothing more.',
  },
  {
    section: '7.5.1',
    title: 'Responding to Challenges',
    text: 'An empty JSON object, signed and sent to the challenge URL, says: ready, come and look. Then the client polls until the CA has made up its mind.',
  },
  {
    section: '7.5.2',
    title: 'Deactivating an Authorization',
    text: 'A client that no longer wants its right to a name sets the status to deactivated. Clients also do so to clear up after a failure.',
  },
  {
    section: '7.6',
    title: 'Certificate Revocation',
    text: 'A certificate is revoked by a request signed with the account key or with the key of the certificate itself. A reason code may say why.',
  },
]
