import { cases } from '../../case.ts'

export const chatServerSettings = cases('options', 'chat-server-settings', [])
