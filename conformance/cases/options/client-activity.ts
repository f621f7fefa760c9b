import { cases } from '../../case.ts'

export const clientActivity = cases('options', 'client-activity', [])
