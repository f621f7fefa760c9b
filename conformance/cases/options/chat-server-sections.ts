import { cases } from '../../case.ts'

export const chatServerSections = cases('options', 'chat-server-sections', [])
