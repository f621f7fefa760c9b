import { cases } from '../../case.ts'

export const nodeAssociation = cases('chat-server', 'node-association', [])
