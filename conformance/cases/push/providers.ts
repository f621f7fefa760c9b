import { cases } from '../../case.ts'

export const providers = cases('push', 'providers', [])
