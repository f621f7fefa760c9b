import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [],
  still: `
    OPT-021 OPT-022 OPT-023 OPT-024 OPT-025 OPT-027 OPT-028 OPT-031 OPT-032 OPT-043
    OPT-050 OPT-051 OPT-052 OPT-053 OPT-054 OPT-060 OPT-061 OPT-062 OPT-063 OPT-070
    OPT-071 OPT-072 OPT-073 OPT-080 OPT-081 OPT-083 OPT-084 OPT-085 OPT-086 OPT-110
    OPT-120
  `,
}
