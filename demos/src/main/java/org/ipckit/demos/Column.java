package org.ipckit.demos;

import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;

/** A column of the article's table. */
enum Column {
    CROSS_PLATFORM("Cross Platform Compatible", "cross platform"),
    NEEDS_FILE("Requires File or File Descriptor", "needs file"),
    NEEDS_SERVICE("Requires External Service", "needs service"),
    EASY("Easy to write / read code", "easy");

    private final String title;
    private final String word;

    Column(String title, String word) {
        this.title = title;
        this.word = word;
    }

    String title() {
        return title;
    }

    /** Returns its name in a sentence. */
    String word() {
        return word;
    }

    Trait of(Traits traits) {
        return switch (this) {
            case CROSS_PLATFORM -> traits.crossPlatform();
            case NEEDS_FILE -> traits.needsFile();
            case NEEDS_SERVICE -> traits.needsService();
            case EASY -> traits.easy();
        };
    }
}
