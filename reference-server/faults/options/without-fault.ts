import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [],
  still: `
    OPT-001 OPT-002 OPT-003 OPT-004 OPT-005 OPT-006 OPT-007 OPT-009 OPT-010 OPT-011
    OPT-022 OPT-024 OPT-025 OPT-027 OPT-028 OPT-032 OPT-060 OPT-062
    OPT-070 OPT-071 OPT-080 OPT-081 OPT-083 OPT-085 OPT-086 OPT-110 OPT-120
  `,
}
