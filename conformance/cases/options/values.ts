import { cases } from '../../case.ts'

export const values = cases('options', 'values', [])
