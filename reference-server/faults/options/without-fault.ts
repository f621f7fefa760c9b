import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [],
  still: `
    OPT-022 OPT-025 OPT-027 OPT-028 OPT-032 OPT-060 OPT-062 OPT-070 OPT-071 OPT-085
    OPT-086 OPT-110 OPT-120
  `,
}
