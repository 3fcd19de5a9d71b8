import type { OpenFeatureErrorCode } from '../resolution/resolution.ts';
import { messageOf } from '../errors/halyard-error.ts';

/** A failed start in OpenFeature's terms: the SDK reads `code`. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
  readonly code: OpenFeatureErrorCode;

  constructor(code: OpenFeatureErrorCode, cause: unknown) {
    super(messageOf(cause), { cause });
    this.code = code;
  }
}
