import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    { because: "about the suite's own clients: proven by their tests", rules: ['CS-115'] },
    {
      because: "about the suite's own load: proven by the tests of scenarios/load",
      rules: ['CS-130', 'CS-131', 'CS-132'],
    },
  ],
  still: '',
}
