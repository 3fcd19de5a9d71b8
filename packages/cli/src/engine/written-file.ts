import { HalyardError, messageOf } from '@halyard/core';
import type { WriteFile } from '../ports/files.ts';

/** @throws HalyardError `SOURCE_UNAVAILABLE` if the file cannot be written */
export async function writeOut(path: string, text: string, write: WriteFile): ReturnType<WriteFile> {
  try {
    return await write(path, text);
  } catch (error) {
    // the system names the draft beside the file, which nobody has asked for
    const reason = messageOf(error).replace(/, \w+ '.*$/s, '');
    throw new HalyardError('SOURCE_UNAVAILABLE', `${path} cannot be written: ${reason}`, { cause: error });
  }
}
