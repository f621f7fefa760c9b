import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [
    { because: 'about a certificate, which the tests of the node give it', rules: ['CV2-155'] },
    { because: 'about our own clients', rules: ['CV2-146'] },
  ],
  still: '',
}
