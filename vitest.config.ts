import { defineConfig } from 'vitest/config'

if (Number.parseInt(process.versions.node, 10) < 24) {
  throw new Error(
    `tests run under Node 24, not ${process.versions.node}: use npm test, or npx vitest (not the file itself)`,
  )
}

const exclude = ['node_modules/**', 'dist/**', 'reports/out/**']
/** Whole runs with real k6. They wait more than they work, so two share a machine of two cores; a third would be measured. */
const runs = ['tests/runs/**/*.test.ts']
/** Those that ask which of our processes stood still, and for how long. */
const alone = ['tests/runs/stopped-parts.test.ts']
/** Other implementations, in programs that take a core of their own. */
const peers = ['tests/peers/**/*.test.ts']

export default defineConfig({
  test: {
    // Sets K6_BIN where a k6 is already there: tests of scenarios run, or are skipped by name.
    globalSetup: ['scripts/tasks/set-k6-bin.ts'],
    // Two cores: more workers only make real-socket tests wait for each other.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['**/*.test.ts'],
          exclude: [...exclude, ...runs, ...peers],
          testTimeout: 20_000,
          // Hundreds of files share what they import: a third of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'runs',
          include: runs,
          exclude: [...exclude, ...alone],
          testTimeout: 120_000,
          maxWorkers: 2,
          // Of one file: whole runs, each with four processes.
          maxConcurrency: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          exclude,
          testTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'peers',
          include: peers,
          exclude,
          testTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
