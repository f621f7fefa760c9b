import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [
    { because: 'about receivers of pushes, so about ours', rules: ['PUSH-150', 'PUSH-151', 'PUSH-152', 'PUSH-153'] },
  ],
  still: '',
}
