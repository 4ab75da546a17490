/** Every migration, oldest first. A class name ends in the moment it was written, by which TypeORM orders them. */
export const migrations: (new () => object)[] = [];
