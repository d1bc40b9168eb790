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
        // Real programs on loopback: one file at a time, and time enough for a slow machine.
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
