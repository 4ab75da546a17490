interface Valid {
  validFrom: string;
  validTo: string | null;
}

/** Whether a rule holds now, by its latest version. */
export function validityOf(
  { validFrom, validTo, endedAt }: Valid & { endedAt: string | null },
  now: Date,
): 'planned' | 'current' | 'ended' {
  if (new Date(validFrom) > now && endedAt === null) return 'planned';
  return [validTo, endedAt].some((end) => end !== null && new Date(end) <= now) ? 'ended' : 'current';
}

/** The version that is in force, or else the latest. */
export function versionNow<Version extends Valid>(versions: readonly Version[], now: Date): Version {
  const begun = versions.filter(({ validFrom }) => new Date(validFrom) <= now);
  return (
    begun.toSorted((a, b) => new Date(b.validFrom).getTime() - new Date(a.validFrom).getTime())[0] ?? versions.at(-1)!
  );
}
