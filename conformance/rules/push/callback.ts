import type { RuleSection } from '../rule.ts'

export const callback: RuleSection = {
  area: 'push',
  section: 'callback',
  feature: 'notification api',
  title: 'HTTP callback and Notification API',
  rules: [
    {
      id: 'PUSH-140',
      level: 'MAY',
      basis: 'D',
      statement:
        'The type httpcb posts the bare message string to the URL that was given as device id, and only the answer 200 counts as delivered.',
      source: ['Push Notification Service'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-141',
      level: 'MAY',
      basis: 'D',
      statement: 'The Notification API answers a request that is not application/json with 415.',
      source: ['Notification API'],
      needs: [],
    },
    {
      id: 'PUSH-142',
      level: 'MAY',
      basis: 'D',
      statement: 'A published event goes to each subscription whose filter fits its tag.',
      source: ['Notification API'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-143',
      level: 'MAY',
      basis: 'D',
      statement: 'The `authorization` of a customhttp subscription becomes the Authorization header of its POSTs.',
      source: ['Notification API'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-144',
      level: 'MAY',
      basis: 'D',
      statement: 'A subscription ends after its `expire` seconds, without these after the configured default.',
      source: ['Notification API', 'Push Notification Service'],
      needs: ['time control', 'push sink'],
    },
  ],
}
