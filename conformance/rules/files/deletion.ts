import type { RuleSection } from '../rule.ts'

export const deletion: RuleSection = {
  area: 'files',
  section: 'deletion',
  feature: 'files',
  title: 'Deletion',
  rules: [
    {
      id: 'CV2-178',
      level: 'MUST',
      basis: 'DO',
      statement: "fileDelete removes a file of one's own, answers statusCode 0, and the others see FileDeleted.",
      source: ['Chat API Version 2 via CometD', 'client: Swift library GMSLibrary'],
      needs: ['agent'],
    },
    {
      id: 'CV2-179',
      level: 'MUST',
      basis: 'D',
      statement: 'A customer cannot delete a file of the agent.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent'],
    },
    {
      id: 'CV2-180',
      level: 'MUST',
      basis: 'X',
      statement: 'A deletion gives the upload slot back unless `delete-file` is "odd".',
      source: [],
      needs: ['agent', 'configuration'],
      questions: ['OQ-16'],
    },
  ],
}
