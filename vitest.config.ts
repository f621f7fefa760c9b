import { defineConfig } from 'vitest/config'

if (Number.parseInt(process.versions.node, 10) < 24) {
  throw new Error(
    `tests run under Node 24, not ${process.versions.node}: use npm test, or npx vitest (not the file itself)`,
  )
}

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', 'reports/out/**'],
    // Sets K6_BIN where a k6 is already there: tests of scenarios run, or are skipped by name.
    globalSetup: ['scripts/tasks/set-k6-bin.ts'],
    testTimeout: 20_000,
    // Two cores: more workers only make real-socket tests wait for each other.
    maxWorkers: 2,
  },
})
