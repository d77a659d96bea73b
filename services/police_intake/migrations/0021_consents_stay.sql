-- What she said stays when the whole table is emptied at once, too.
CREATE TRIGGER consents_are_not_emptied BEFORE TRUNCATE ON consents FOR EACH STATEMENT EXECUTE FUNCTION consents_stay();
