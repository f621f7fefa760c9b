import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [{ because: "about the suite's own clients and schemas", rules: ['CV2-033', 'CV2-034'] }],
  still: ``,
}
