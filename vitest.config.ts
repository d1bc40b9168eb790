import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        // A slow machine is no failure: the limits only end what hangs.
        test: {
          name: 'unit',
          include: [
            'shared/**/*.test.ts',
            'proxy/**/*.test.ts',
            'web/**/*.test.{ts,tsx}',
            'test/synthetic/**/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Real programs on loopback, which wait most of the time: two files at a time, and time enough for a slow machine.
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
