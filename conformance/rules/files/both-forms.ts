import type { RuleSection } from '../rule.ts'

export const bothForms: RuleSection = {
  area: 'files',
  section: 'both-forms',
  feature: 'files',
  title: 'Both forms of the API, names and rights',
  rules: [
    {
      id: 'CV2-181',
      level: 'MUST',
      basis: 'O',
      statement: 'The file calls of the REST form behave as those of CometD chats.',
      source: ['client: Swift library GMSLibrary'],
      needs: ['agent'],
    },
    {
      id: 'CV2-182',
      level: 'MUST',
      basis: 'X',
      statement: 'A `secureKey` in a file answer is good for the next request.',
      source: ['Chat API Version 2 via CometD'],
      needs: [],
      questions: ['OQ-08'],
    },
    {
      id: 'CV2-183',
      level: 'MUST',
      basis: 'X',
      statement: 'An empty file is accepted, and of a file name with path separators the last part is kept.',
      source: [],
      needs: ['agent'],
      questions: ['OQ-16'],
    },
    {
      id: 'CV2-184',
      level: 'MUST',
      basis: 'D',
      statement:
        "A customer can download the agent's files and the own ones, by the fileId of the event or of the upload's answer.",
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent'],
    },
    {
      id: 'CV2-185',
      level: 'MUST',
      basis: 'DX',
      statement:
        'Where the settings forbid it, a customer cannot delete the own file either: the reference server refuses with 9022 under `client-file-delete=false` and keeps the file.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'configuration'],
      questions: ['OQ-16'],
    },
    {
      id: 'CV2-186',
      level: 'MUST',
      basis: 'DX',
      statement: 'Limits, download and delete are accepted as multipart and as urlencoded form.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent'],
      questions: ['OQ-15'],
    },
  ],
}
