/** A request that the node itself refuses: HTTP 4xx or 5xx with `errors` only (CV2-035 ff., CV2-035). */
export interface RequestError {
  status: number
  code: number
  advice: string
}

export function requestError(status: number, code: number, advice: string): RequestError {
  return { status, code, advice }
}

export function isRequestError(value: object): value is RequestError {
  return 'advice' in value
}

/** Codes from 9001 on are the reference server's own and never asserted on a real GMS (OQ-11). */
export const requestErrors = {
  firstNameRequired: requestError(400, 102, 'first name required'),
  lastNameRequired: requestError(400, 103, 'last name required'),
  nameRequired: requestError(400, 161, 'name required'),
  messageTooLong: requestError(400, 204, 'message too long'),
  invalidEmail: requestError(400, 364, 'invalid e-mail address'),
  missingField: (field: string) => requestError(400, 9001, `mandatory field ${field} is missing or empty`),
  noText: (member: string) => requestError(400, 9001, `${member} must be a text`),
  invalidUserData: requestError(400, 9001, 'userData must be an object or a text that holds one'),
  invalidPosition: requestError(400, 9002, 'transcriptPosition must be a non-negative integer'),
  unknownService: requestError(404, 9003, 'unknown service'),
  unknownOperation: requestError(404, 9004, 'unknown operation'),
  wrongMethod: requestError(405, 9005, 'method not allowed, use POST'),
  wrongContentType: requestError(
    415,
    9006,
    'content type must be application/x-www-form-urlencoded or multipart/form-data',
  ),
  tooSlow: requestError(408, 9013, 'the request took too long to arrive'),
  packed: requestError(415, 9006, 'the body must not be compressed (content-encoding)'),
  bodyTooLarge: requestError(413, 9007, 'request body too large'),
  unauthorized: requestError(401, 9008, 'missing or wrong credentials'),
  unknownStatus: requestError(400, 9001, 'status must be ONLINE or OFFLINE'),
  malformed: (what: string) => requestError(400, 9010, `malformed request: ${what}`),
  internal: requestError(500, 9011, 'internal error, see the log'),
} as const

export function errorBody(error: RequestError): string {
  return JSON.stringify({ errors: [{ code: error.code, advice: error.advice }] })
}
