import type { RuleSection } from '../rule.ts'

export const download: RuleSection = {
  area: 'files',
  section: 'download',
  feature: 'files',
  title: 'Download',
  rules: [
    {
      id: 'CV2-173',
      level: 'MUST',
      basis: 'D',
      statement: 'fileDownload returns the bytes that were uploaded.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent'],
    },
    {
      id: 'CV2-174',
      level: 'SHOULD',
      basis: 'X',
      statement: "A download has the stored content type and the file's name in Content-Disposition.",
      source: [],
      needs: ['agent'],
      questions: ['OQ-15'],
    },
    {
      id: 'CV2-175',
      level: 'MUST',
      basis: 'D',
      statement: 'A download that fails is answered 500 with the reference id of the request.',
      source: ['Chat API Version 2 via CometD'],
      needs: [],
    },
    {
      id: 'CV2-176',
      level: 'MUST',
      basis: 'X',
      statement: '`operation=download` is the same as fileDownload.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent'],
      questions: ['OQ-15'],
    },
    {
      id: 'CV2-177',
      level: 'MUST',
      basis: 'DX',
      statement: 'A file can be downloaded download-attempts times and not more.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent'],
      questions: ['OQ-16'],
    },
  ],
}
