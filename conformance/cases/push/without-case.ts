import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    {
      because: 'about chat operations over CometD, which this version does not offer: comes with that feature',
      rules: ['PUSH-005'],
    },
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
  still: '',
}
