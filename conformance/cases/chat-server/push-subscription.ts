import { cases } from '../../case.ts'

export const pushSubscription = cases('chat-server', 'push-subscription', [])
