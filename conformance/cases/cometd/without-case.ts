import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    { because: "about clients: proven by the tests of the load generator's own", rules: ['CV2-146'] },
    { because: 'needs a certificate on the target: proven by the tests of the node', rules: ['CV2-155'] },
    { because: 'about proxies: proven by the tests in tests/peers', rules: ['CV2-153', 'CV2-158'] },
  ],
  still: ``,
}
