import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    { because: "about the suite's own clients: proven by their tests", rules: ['CS-115'] },
    {
      because: "about the suite's own load: proven by the tests of scenarios/load",
      rules: ['CS-130', 'CS-131', 'CS-132'],
    },
  ],
  still: `
    CS-020 CS-022 CS-023 CS-024 CS-025 CS-026 CS-027 CS-028 CS-029 CS-030
    CS-031 CS-032 CS-033 CS-034 CS-035 CS-036 CS-040 CS-041 CS-042 CS-043
    CS-044 CS-045 CS-046 CS-051 CS-052 CS-053 CS-055 CS-056 CS-057 CS-058
    CS-061 CS-063 CS-064 CS-065 CS-066 CS-067 CS-068 CS-069 CS-070 CS-071
    CS-072 CS-073 CS-101 CS-102 CS-103 CS-104 CS-106 CS-111 CS-112 CS-113
    CS-114 CS-120 CS-121 CS-122 CS-123 CS-125 CS-126   
  `,
}
