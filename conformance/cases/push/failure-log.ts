import { cases } from '../../case.ts'

export const failureLog = cases('push', 'failure-log', [])
