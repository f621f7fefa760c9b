import type { RuleSection } from '../rule.ts'

export const chatServerSections: RuleSection = {
  area: 'options',
  section: 'chat-server-sections',
  feature: 'async chat',
  title: 'Chat Server: inactivity control, health and files',
  rules: [
    {
      id: 'OPT-060',
      level: 'MUST',
      basis: 'D',
      statement: 'Section inactivity-control has `enabled` false by default.',
      source: ['Options: inactivity-control'],
      needs: ['time control'],
    },
    {
      id: 'OPT-061',
      level: 'MUST',
      basis: 'D',
      statement:
        '`message-alert` and `message-close` serve the async idle control too and have the documented texts by default.',
      source: ['Async Requirements / Overview', 'Options: inactivity-control'],
      needs: ['time control'],
    },
    {
      id: 'OPT-062',
      level: 'MUST',
      basis: 'D',
      statement: 'An empty message sends no notice.',
      source: ['Options: inactivity-control'],
      needs: ['time control', 'configuration'],
    },
    {
      id: 'OPT-063',
      level: 'SHOULD',
      basis: 'D',
      statement:
        '`timeout-alert` is 255 by default and `timeout-close` 45, each 1 to 86400; `timeout-alert2` is 0, which means unused, and may be 0 to 86400.',
      source: ['Options: inactivity-control'],
      needs: ['time control', 'configuration'],
    },
    {
      id: 'OPT-070',
      level: 'MUST',
      basis: 'D',
      statement:
        '`upload-max-files` is 3 by default (0 to 1000), `upload-max-file-size` 2097152 and `upload-max-total-size` 5242880 (0 to 1073741823).',
      source: ['File Transfer in Chat Solutions'],
      needs: ['configuration'],
    },
    {
      id: 'OPT-071',
      level: 'MUST',
      basis: 'DX',
      statement:
        "`upload-need-agent`, `upload-file-types`, `download-attempts` and `delete-file` have the values of the documentation's sample by default.",
      source: ['Chat API Version 2 via CometD'],
      needs: ['configuration'],
      questions: ['OQ-16'],
    },
    {
      id: 'OPT-072',
      level: 'SHOULD',
      basis: 'D',
      statement:
        '`log-output-timeout` 0 writes no metrics; n writes them every n seconds, as proviso and content allow.',
      source: ['Chat Server Administration: sizing'],
      needs: ['time control', 'configuration'],
    },
    {
      id: 'OPT-073',
      level: 'SHOULD',
      basis: 'D',
      statement: 'Metrics that add up start again at zero when `log-output-content` is deleted or emptied.',
      source: ['Chat Server Administration: sizing'],
      needs: ['configuration'],
    },
  ],
}
