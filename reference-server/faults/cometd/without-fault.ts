import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [{ because: 'about a certificate, which the tests of the node give it', rules: ['CV2-155'] }],
  still: '',
}
