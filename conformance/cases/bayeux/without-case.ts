import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    { because: "about the suite's own client: proven by its tests", rules: ['BX-174'] },
    {
      because: 'about clients that are not ours: proven by the tests in tests/peers',
      rules: ['BX-180', 'BX-181', 'BX-182', 'BX-183', 'BX-184'],
    },
  ],
  still: ``,
}
