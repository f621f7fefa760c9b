import type { RuleSection } from '../rule.ts'

export const limits: RuleSection = {
  area: 'files',
  section: 'limits',
  feature: 'files',
  title: 'Limits',
  rules: [
    {
      id: 'CV2-160',
      level: 'MUST',
      basis: 'D',
      statement:
        'The file requests of CometD chats are POSTs to `/genesys/2/chat-ntf` that have an `operation` and a `secureKey`.',
      source: ['Chat API Version 2 via CometD'],
      needs: [],
    },
    {
      id: 'CV2-161',
      level: 'MUST',
      basis: 'X',
      statement: 'A missing `operation` or `secureKey` is answered 400 with 9001, an unknown operation 400 with 9004.',
      source: [],
      needs: [],
      questions: ['OQ-15'],
    },
    {
      id: 'CV2-162',
      level: 'MUST',
      basis: 'D',
      statement:
        'fileGetLimits is answered with one Notice of the client, its text `file-client-cfg-get`, its userData the limits.',
      source: ['Chat API Version 2 via CometD'],
      needs: [],
    },
    {
      id: 'CV2-163',
      level: 'MUST',
      basis: 'D',
      statement: 'All ten limits are there, each as a string.',
      source: ['Chat API Version 2 via CometD'],
      needs: [],
    },
    {
      id: 'CV2-164',
      level: 'MUST',
      basis: 'D',
      statement: 'The used-* limits count the uploads and downloads of this session.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent'],
    },
  ],
}
