import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    { because: "about the suite's own clients and schemas: proven by their tests", rules: ['CV2-033', 'CV2-034'] },
  ],
  still: ``,
}
