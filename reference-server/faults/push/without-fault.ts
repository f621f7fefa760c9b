import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [
    { because: 'about receivers of pushes, so about ours', rules: ['PUSH-150', 'PUSH-151', 'PUSH-152', 'PUSH-153'] },
  ],
  still: `
    PUSH-051 PUSH-052 PUSH-053 PUSH-054 PUSH-055 PUSH-056 PUSH-057 PUSH-059 PUSH-060 PUSH-061
    PUSH-071 PUSH-072 PUSH-073 PUSH-076 PUSH-078 PUSH-082
  `,
}
