import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [{ because: "about the suite's own clients and schemas", rules: ['CV2-033', 'CV2-034'] }],
  still: `
    CV2-021 CV2-022 CV2-023 CV2-024 CV2-026 CV2-027 CV2-028 CV2-031 CV2-032 CV2-035
    CV2-036 CV2-039 CV2-050 CV2-051 CV2-052 CV2-056 CV2-058 CV2-059 CV2-060 CV2-064
    CV2-065 CV2-190 CV2-191 CV2-192 CV2-193 CV2-194
  `,
}
