import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    {
      because: 'about receivers of pushes, so about ours: proven by the tests of receiver/',
      rules: ['PUSH-150', 'PUSH-151', 'PUSH-152', 'PUSH-153', 'PUSH-154', 'PUSH-155', 'PUSH-156'],
    },
  ],
  still: `
    PUSH-001 PUSH-002 PUSH-003 PUSH-005 PUSH-021 PUSH-024 PUSH-025 PUSH-026 PUSH-027 PUSH-029
    PUSH-031 PUSH-032 PUSH-033 PUSH-034 PUSH-035 PUSH-036 PUSH-041 PUSH-044 PUSH-045 PUSH-046
    PUSH-047 PUSH-051 PUSH-052 PUSH-053 PUSH-054 PUSH-055 PUSH-056 PUSH-058 PUSH-059 PUSH-060
    PUSH-061 PUSH-071 PUSH-072 PUSH-073 PUSH-074 PUSH-076 PUSH-077 PUSH-078 PUSH-080 PUSH-081
    PUSH-082
  `,
}
