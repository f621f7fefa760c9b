import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    {
      because: 'about what a CometD client does with the key of a push: comes with that feature',
      rules: ['PUSH-047'],
    },
    { because: 'about the pushes of type fcm, which come with mobile push', rules: ['PUSH-027'] },
    {
      because: 'about receivers of pushes, so about ours: proven by the tests of receiver/',
      rules: ['PUSH-150', 'PUSH-151', 'PUSH-152', 'PUSH-153', 'PUSH-154', 'PUSH-155', 'PUSH-156'],
    },
  ],
  still: `
    PUSH-001 PUSH-002 PUSH-003 PUSH-005 PUSH-051 PUSH-052 PUSH-053 PUSH-054 PUSH-055 PUSH-056
    PUSH-058 PUSH-059 PUSH-060 PUSH-061 PUSH-071 PUSH-072 PUSH-073 PUSH-074 PUSH-076 PUSH-077
    PUSH-078 PUSH-080 PUSH-081 PUSH-082
  `,
}
