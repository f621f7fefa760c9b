import type { RuleSection } from '../rule.ts'

export const referenceServer: RuleSection = {
  area: 'options',
  section: 'reference-server',
  feature: 'async chat',
  title: "The reference server's own options and the sample configuration",
  rules: [
    {
      id: 'OPT-110',
      level: 'MUST',
      basis: 'X',
      statement: 'The options of section `refserver` change no documented behaviour while they have their defaults.',
      source: [],
      needs: ['configuration'],
      questions: ['OQ-58'],
    },
    {
      id: 'OPT-120',
      level: 'MUST',
      basis: 'D',
      statement:
        "With the documentation's sample configuration and the REST push pairs an agent's message reaches the customhttp receiver.",
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
    },
  ],
}
