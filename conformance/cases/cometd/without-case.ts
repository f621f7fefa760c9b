import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [],
  still: ``,
}
