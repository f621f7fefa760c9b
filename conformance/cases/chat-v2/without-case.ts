import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    { because: "about the suite's own clients and schemas: proven by their tests", rules: ['CV2-033', 'CV2-034'] },
  ],
  still: `
    CV2-190 CV2-191 CV2-192 CV2-193 CV2-194
  `,
}
