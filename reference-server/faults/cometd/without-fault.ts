import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [],
  still: ``,
}
