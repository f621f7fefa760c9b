import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', 'reports/out/**'],
    testTimeout: 20_000,
    // Two cores: more workers only make real-socket tests wait for each other.
    maxWorkers: 2,
  },
})
