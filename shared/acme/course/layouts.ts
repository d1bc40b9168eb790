/**
 * Where the statuses of each machine stand when it is drawn, and the way of each move that is not a straight line from
 * side to side. Placed by hand: the course that goes well runs from left to right, in one row where there is one.
 */
import type { MachineKind, Point } from './machine.ts'

export interface Layout {
  /** Upper left corners, by status. */
  readonly places: Readonly<Record<string, Point>>
  /** By `from to`: the corners the line turns at, its two ends included. */
  readonly ways: Readonly<Record<string, readonly Point[]>>
  /** The same for what no document allows and is seen all the same. */
  readonly oddWays?: Readonly<Record<string, readonly Point[]>>
  /** By `from to`: where the middle of a line's label is, if not in the middle of its longest part. */
  readonly labels?: Readonly<Record<string, Point>>
}

/** One way forks into two: both leave through the middle of the right side. */
const fork = (from: Point, to: Point): readonly Point[] => {
  const [x, y] = from
  return [from, [x + 36, y], [x + 36, to[1]], to]
}

/** Around the top to the right side of what stands at the far end. */
const around = (y: number): readonly Point[] => [
  [64, 64],
  [64, -20],
  [618, -20],
  [618, y],
  [592, y],
]

export const layouts: Readonly<Record<MachineKind, Layout>> = {
  order: {
    places: {
      pending: [0, 0],
      ready: [204, 0],
      processing: [408, 0],
      valid: [612, 0],
      invalid: [306, 110],
      canceled: [816, 0],
    },
    ways: {
      'pending invalid': [
        [64, 46],
        [64, 133],
        [306, 133],
      ],
      'ready invalid': [
        [268, 46],
        [268, 78],
        [346, 78],
        [346, 110],
      ],
      'processing invalid': [
        [472, 46],
        [472, 78],
        [394, 78],
        [394, 110],
      ],
      'valid invalid': [
        [676, 46],
        [676, 133],
        [434, 133],
      ],
    },
  },
  authorization: {
    places: {
      pending: [0, 64],
      valid: [216, 64],
      invalid: [216, 160],
      expired: [464, 0],
      deactivated: [464, 64],
      revoked: [464, 128],
    },
    ways: {
      'pending invalid': [
        [64, 110],
        [64, 183],
        [216, 183],
      ],
      'valid expired': fork([344, 87], [464, 23]),
      'valid revoked': fork([344, 87], [464, 151]),
      'pending expired': around(23),
      'pending deactivated': around(87),
      'pending revoked': around(151),
    },
    // Many clients give up an authorization that has failed.
    oddWays: {
      'invalid deactivated': [
        [344, 183],
        [422, 183],
        [422, 99],
        [464, 99],
      ],
    },
    labels: { 'valid expired': [424, 23], 'valid revoked': [424, 151], 'invalid deactivated': [383, 183] },
  },
  challenge: {
    places: { pending: [0, 52], processing: [204, 52], valid: [460, 0], invalid: [460, 104] },
    ways: {
      'processing processing': [
        [244, 52],
        [244, 22],
        [292, 22],
        [292, 52],
      ],
      'processing valid': fork([332, 75], [460, 23]),
      'processing invalid': fork([332, 75], [460, 127]),
    },
    labels: { 'processing valid': [415, 23], 'processing invalid': [415, 127] },
  },
  account: {
    places: { valid: [0, 36], deactivated: [256, 0], revoked: [256, 72] },
    ways: {
      'valid deactivated': fork([128, 59], [256, 23]),
      'valid revoked': fork([128, 59], [256, 95]),
    },
    labels: { 'valid deactivated': [211, 23], 'valid revoked': [211, 95] },
  },
  certificate: {
    places: { issued: [0, 36], revoked: [256, 0], expired: [256, 72] },
    ways: {
      'issued revoked': fork([128, 59], [256, 23]),
      'issued expired': fork([128, 59], [256, 95]),
    },
    labels: { 'issued revoked': [211, 23], 'issued expired': [211, 95] },
  },
}
