import { cases } from '../../case.ts'

export const resend = cases('chat-server', 'resend', [])
