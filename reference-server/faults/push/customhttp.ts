import { conformFaults } from '../conform-fault.ts'

export const customhttp = conformFaults([
  {
    name: 'put-instead-of-post',
    rules: ['PUSH-040'],
    does: 'Notifications are sent with PUT.',
    looksLike: 'The client library was updated, and its default method is another one.',
    gate: () => ({ post: post => ({ ...post, method: 'PUT' }) }),
  },
  {
    name: 'key-without-payload',
    rules: ['PUSH-042'],
    does: 'A push without payload carries the secure key.',
    looksLike: 'A debug member of the notification object is left in.',
    gate: () => ({ body: (body, notice) => ('message' in body ? body : { ...body, secureKey: notice.secureKey }) }),
  },
])
