import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [{ because: "about the suite's own clients and schemas", rules: ['CV2-033', 'CV2-034'] }],
  still: `
    CV2-050 CV2-051 CV2-052 CV2-056 CV2-058 CV2-059 CV2-060 CV2-064 CV2-065 CV2-190
    CV2-191 CV2-192 CV2-193 CV2-194
  `,
}
