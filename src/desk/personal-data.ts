import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PersonalDataRepository } from './personal-data.repository.js';
import type { OpenMatter, Person, PersonalTable } from './personal-table.js';

/** Rows that are changed in one transaction. */
const PIECE = 1000;

/** Everything that is held about a person, in whichever room. */
@Injectable()
export class PersonalData {
  private readonly sources: PersonalDataSource[] = [];

  constructor(private readonly repository: PersonalDataRepository) {}

  enrol(source: PersonalDataSource): void {
    this.sources.push(source);
  }

  /** Every table that holds something about people. */
  get tables(): readonly PersonalTable[] {
    return this.sources.flatMap(({ tables }) => tables);
  }

  /** The first matter that is open; null: nothing is. */
  async openMatter(tx: EntityManager, person: Person): Promise<OpenMatter | null> {
    for (const matter of this.sources.flatMap(({ openMatters }) => openMatters))
      if (await this.repository.isOpen(tx, person, matter)) return matter;
    return null;
  }

  /** All rows about a person as JSON, piece by piece: an object with a list for each table. Read it at one moment. */
  async *export(tx: EntityManager, person: Person): AsyncGenerator<string> {
    let before = '{';
    for (const table of this.tables) {
      yield `${before}\n"${this.repository.nameOf(table)}": [`;
      let comma = '';
      for await (const row of this.repository.rowsOf(tx, person, table)) {
        yield `${comma}\n${JSON.stringify(row, wireOf)}`;
        comma = ',';
      }
      yield ']';
      before = ',';
    }
    yield '\n}\n';
  }

  /** Changes a piece of what a person may have very many rows of; false: nothing is left. Each piece is a transaction of its own. */
  async eraseMany(tx: EntityManager, person: Person): Promise<boolean> {
    for (const table of this.tables)
      if (table.left !== undefined && (await this.repository.erase(tx, person, table, PIECE)) > 0) return true;
    return false;
  }

  /** Takes everything else out, at once. */
  async erase(tx: EntityManager, person: Person): Promise<void> {
    for (const table of this.tables)
      if (table.left === undefined) await this.repository.erase(tx, person, table, PIECE);
  }
}

/** What one room holds about people. It enrols itself with {@link PersonalData}. */
@Injectable()
export abstract class PersonalDataSource {
  constructor(personalData: PersonalData) {
    personalData.enrol(this);
  }

  abstract readonly tables: readonly PersonalTable[];
  readonly openMatters: readonly OpenMatter[] = [];
}

/** Sums are written as text: a double would round them. */
function wireOf(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
