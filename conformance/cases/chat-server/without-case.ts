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
    CS-061 CS-063 CS-064 CS-065 CS-066 CS-067 CS-068 CS-069 CS-070 CS-071
    CS-072 CS-073 CS-101 CS-102 CS-103 CS-104 CS-106
  `,
}
