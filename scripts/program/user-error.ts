/** Something the user can put right: the program prints the message alone, without a stack, and ends with exit code 2. */
export class UserError extends Error {}
