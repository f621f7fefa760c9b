import { cases } from '../../case.ts'

export const customhttp = cases('push', 'customhttp', [])
